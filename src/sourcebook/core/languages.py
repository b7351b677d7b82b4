"""The codes of languages (BCP 47), and which code a name or another code means."""

from __future__ import annotations

import difflib
import re

from sourcebook.core.errors import ParseError

__all__ = ["CODES_OF_THREE", "as_language", "parse_language"]

#: Code of ISO 639-1, of ISO 639-3, names in English and of the language itself.
_LANGUAGES = """
ab abk Abkhazian|aa aar Afar|af afr Afrikaans|ak aka Akan|sq sqi,alb Albanian,shqip|am amh Amharic|ar ara,arb Arabic
an arg Aragonese|hy hye,arm Armenian,հայերեն|as asm Assamese|av ava Avaric|ae ave Avestan|ay aym Aymara
az aze,azj,azb Azerbaijani,Azeri,azərbaycanca|bm bam Bambara|ba bak Bashkir|eu eus,baq Basque,euskara|be bel Belarusian
bn ben Bengali,Bangla|bi bis Bislama|bs bos Bosnian,bosanski|br bre Breton|bg bul Bulgarian,български|my mya,bur Burmese
ca cat Catalan,català|ch cha Chamorro|ce che Chechen|ny nya Chichewa|zh zho,chi,cmn Chinese,Mandarin,中文|cv chv Chuvash
kw cor Cornish|co cos Corsican|cr cre Cree|hr hrv Croatian,hrvatski|cs ces,cze Czech,čeština|da dan Danish,dansk
dv div Divehi|nl nld,dut Dutch,Flemish,Nederlands|dz dzo Dzongkha|en eng English|eo epo Esperanto|et est Estonian,eesti
ee ewe Ewe|fo fao Faroese|fj fij Fijian|fi fin Finnish,suomi|fr fra,fre French,français,francais|ff ful Fulah
gl glg Galician,galego|ka kat,geo Georgian,ქართული|de deu,ger German,Deutsch|el ell,gre Greek,ελληνικά|gn grn Guarani
gu guj Gujarati|ht hat Haitian|ha hau Hausa|he heb Hebrew,עברית|hz her Herero|hi hin Hindi,हिन्दी|ho hmo Hiri Motu
hu hun Hungarian,magyar|ia ina Interlingua|id ind Indonesian,Bahasa Indonesia|ga gle Irish,Gaeilge|ig ibo Igbo
ik ipk Inupiaq|io ido Ido|is isl,ice Icelandic,íslenska|it ita Italian,italiano|iu iku Inuktitut|ja jpn Japanese,日本語
jv jav Javanese|kl kal Kalaallisut,Greenlandic|kn kan Kannada|kr kau Kanuri|ks kas Kashmiri|kk kaz Kazakh,қазақша
km khm Khmer|ki kik Kikuyu|rw kin Kinyarwanda|ky kir Kyrgyz|kv kom Komi|kg kon Kongo|ko kor Korean,한국어
ku kur,kmr Kurdish,Kurmanji|kj kua Kuanyama|la lat Latin|lb ltz Luxembourgish|lg lug Ganda|li lim Limburgish
ln lin Lingala|lo lao Lao|lt lit Lithuanian,lietuvių|lu lub Luba-Katanga|lv lav Latvian,latviešu|gv glv Manx
mk mkd,mac Macedonian,македонски|mg mlg Malagasy|ms msa,may Malay,Bahasa Melayu|ml mal Malayalam|mt mlt Maltese
mi mri,mao Maori|mr mar Marathi|mh mah Marshallese|mn mon Mongolian,монгол|na nau Nauru|nv nav Navajo|ng ndo Ndonga
nd nde North Ndebele|ne nep Nepali|nb nob Norwegian Bokmål,bokmål|nn nno Norwegian Nynorsk,nynorsk
no nor Norwegian,norsk
ii iii Sichuan Yi|nr nbl South Ndebele|oc oci Occitan|oj oji Ojibwa|om orm Oromo|or ori Oriya,Odia|os oss Ossetian
pa pan Punjabi,Panjabi|pi pli Pali|fa fas,per,pes Persian,Farsi,فارسی|pl pol Polish,polski|ps pus Pashto
pt por Portuguese,português|qu que Quechua|rm roh Romansh|rn run Rundi|ro ron,rum Romanian,Moldovan,română
ru rus Russian,русский|sa san Sanskrit|sc srd Sardinian|sd snd Sindhi|se sme Northern Sami|sm smo Samoan|sg sag Sango
sr srp Serbian,српски,srpski|gd gla Scottish Gaelic,Gaelic|sn sna Shona|si sin Sinhala|sk slk,slo Slovak,slovenčina
sl slv Slovenian,Slovene,slovenščina|so som Somali|st sot Sotho
es spa Spanish,Castilian,español,espanol|su sun Sundanese
sw swa Swahili,kiswahili|ss ssw Swati|sv swe Swedish,svenska|ta tam Tamil|te tel Telugu|tg tgk Tajik|th tha Thai,ไทย
ti tir Tigrinya|bo bod,tib Tibetan|tk tuk Turkmen|tl tgl Tagalog,Filipino|tn tsn Tswana|to ton Tonga
tr tur Turkish,Türkçe,Turkce|ts tso Tsonga|tt tat Tatar|tw twi Twi|ty tah Tahitian|ug uig Uighur
uk ukr Ukrainian,українська
ur urd Urdu,اردو|uz uzb Uzbek|ve ven Venda|vi vie Vietnamese,Tiếng Việt|vo vol Volapük|wa wln Walloon
cy cym,wel Welsh,Cymraeg
wo wol Wolof|fy fry Western Frisian,Frisian|xh xho Xhosa|yi yid Yiddish|yo yor Yoruba|za zha Zhuang|zu zul Zulu
"""
_ROWS = [row.split(" ", 2) for row in re.split(r"[|\n]", _LANGUAGES.strip())]
_NAMES = {name.lower(): code for code, _, names in _ROWS for name in names.split(",")}
#: The code of two letters for one of three.
CODES_OF_THREE = {three: code for code, others, _ in _ROWS for three in others.split(",")}
_CODES = frozenset(CODES_OF_THREE.values())
_TAG = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8})*)")


def as_language(said: str) -> str:
    """Return the code of BCP 47 for a language as people and files say it; empty if it is none that is known.

    Parameters
    ----------
    said : str
        A code of two or three letters with or without a country, or a name in English or in the language itself.

    Examples
    --------
    >>> [as_language(said) for said in ("English", "Deutsch", "en_GB", "fra", "ckb", "Klingonese")]
    ['en', 'de', 'en-GB', 'fr', 'ckb', '']
    """
    plain = " ".join(said.split())
    if plain.lower() in _NAMES:
        return _NAMES[plain.lower()]
    tag = _TAG.fullmatch(re.sub(r"[._]+", "-", plain).partition("-UTF")[0])
    if tag:
        first = tag[1].lower()
        code = CODES_OF_THREE.get(first, first)
        return code + tag[2] if code in _CODES or len(code) == 3 else ""
    named = re.match(r"[^\W\d_]+", plain)  # "English (United Kingdom)"
    return _NAMES.get(named.group().lower(), "") if named and re.search(r"[(,;/]", plain) else ""


def parse_language(text: str) -> str:
    """Return a code of a language; raise ParseError, which says what to write, for anything else.

    Parameters
    ----------
    text : str
        The code.

    Examples
    --------
    >>> parse_language("pt-BR")
    'pt-BR'
    >>> parse_language("English")
    Traceback (most recent call last):
    sourcebook.core.errors.ParseError: 'English' is no code of a language: for it, write en
    """
    code = as_language(text)
    if code and code.lower() == text.lower():
        return text
    near = difflib.get_close_matches(text.lower(), _NAMES, n=1, cutoff=0.8)
    code = code or (_NAMES[near[0]] if near else "")
    advice = f"for it, write {code}" if code else "write und where it is not known"
    raise ParseError(f"{text!r} is no code of a language: {advice}")
