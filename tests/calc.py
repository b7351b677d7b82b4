"""Open, fill in and save a file in LibreOffice Calc, as a person does: run by the Python that has its bridge, `uno`.

/usr/bin/python3 tests/calc.py PIPE    # jobs as lines of JSON on the standard input: source, target, filter, typed
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

#: What its window asks of a CSV file: commas, quotation marks, UTF-8; cells as they are shown.
CSV = "44,34,76,1,,0,false,true,false"


def value(name, of):
    """Return an option as LibreOffice takes it."""
    option = PropertyValue()
    option.Name, option.Value = name, of
    return option


def connect(pipe):
    """Return the services of the program that listens."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(600):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return lambda name: there.ServiceManager.createInstanceWithContext(name, there)
    raise SystemExit("LibreOffice does not answer")


def save_as(service, source, target, form, typed):
    """Open a file with its window, type into cells of its sheets, and save it."""
    desktop = service("com.sun.star.frame.Desktop")
    asked = (value("FilterOptions", CSV),) if source.endswith(".csv") else ()
    opened = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, asked)
    window, press = opened.CurrentController, service("com.sun.star.frame.DispatchHelper").executeDispatch
    for sheet, cells in typed.items():
        window.setActiveSheet(opened.Sheets.getByName(sheet))
        for place, text in cells.items():
            press(window.Frame, ".uno:GoToCell", "", 0, (value("ToPoint", place),))
            press(window.Frame, ".uno:EnterString", "", 0, (value("StringName", text),))
    window.setActiveSheet(opened.Sheets.getByIndex(0))
    how = [value("FilterName", form)] + ([value("FilterOptions", CSV)] if "csv" in form else [])
    opened.storeToURL(uno.systemPathToFileUrl(target), tuple(how))
    opened.close(True)


def main():
    """Do what each line asks, and say so."""
    service = connect(sys.argv[1])
    for line in sys.stdin:
        save_as(service, **json.loads(line))
        sys.stdout.write("saved\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
