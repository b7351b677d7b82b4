"""Methods that choose an answer: published results, cases worked out by hand, and copiers that repeat errors."""

import math
import random

import pandas as pd
import pytest

from sourcebook.analysis import truth
from sourcebook.core.errors import DataError, SourcebookError

#: Table 1 of Dawid and Skene (1979): 45 patients, judged by five observers, the first of them three times.
PATIENTS = """111 1 1 1 1|333 4 3 3 4|112 2 1 2 2|222 3 1 2 1|222 3 2 2 2|222 3 3 2 2|122 2 1 1 1|333 3 4 3 3
222 2 2 2 3|232 2 2 2 3|444 4 4 4 4|222 3 3 4 3|111 1 1 1 1|222 3 2 1 2|121 1 1 1 1|111 2 1 1 1|111 1 1 1 1
111 1 1 1 1|222 2 2 2 1|222 1 3 2 2|222 2 2 2 2|222 2 2 2 1|222 3 2 2 2|221 2 2 2 2|111 1 1 1 1|111 1 1 1 1
232 2 2 2 2|111 1 1 1 1|111 1 1 1 1|112 1 1 2 1|111 1 1 1 1|333 3 2 3 3|111 1 1 1 1|222 2 2 2 2|222 3 2 3 2
433 4 3 4 3|221 2 2 3 2|232 3 2 3 3|333 3 4 3 2|111 1 1 1 1|111 1 1 1 1|121 2 1 1 1|232 2 2 2 2|121 1 1 1 1
222 2 2 2 2"""


def answers_of(*rows):
    return pd.DataFrame(rows, columns=["source_id", "proposition_id", "value"], dtype="str")


def patients():
    rows = []
    for number, cells in enumerate(PATIENTS.replace("\n", "|").split("|"), start=1):
        for observer, given in enumerate(cells.split(), start=1):
            rows += [(f"observer {observer}", f"patient {number:02d}", value) for value in given]
    return answers_of(*rows)


def chosen(found):
    return found[found["chosen"]].set_index("proposition_id")["value"].to_dict()


class TestVote:
    def test_by_hand(self):
        answers = answers_of(("a", "q", "x"), ("b", "q", "x"), ("c", "q", "y"), ("c", "r", "z"))
        found = truth.vote(answers)
        assert found["score"].round(4).tolist() == [0.6667, 0.3333, 1.0]
        assert chosen(found) == {"q": "x", "r": "z"}

    def test_a_tie_chooses_none(self):
        found = truth.vote(answers_of(("a", "q", "x"), ("b", "q", "y")))
        assert not found["chosen"].any()

    def test_an_answer_that_a_source_gives_twice_counts_once(self):
        found = truth.vote(answers_of(("a", "q", "x"), ("a", "q", "x"), ("b", "q", "y")))
        assert not found["chosen"].any()

    @pytest.mark.parametrize("method", list(truth.METHODS.values()), ids=list(truth.METHODS))
    def test_no_answers(self, method):
        assert method(answers_of()).empty

    def test_no_answers_of_one_set_of_classes(self):
        assert truth.dawid_skene(answers_of()).empty
        assert truth.error_rates(answers_of()).empty

    @pytest.mark.parametrize("method", list(truth.METHODS.values()), ids=list(truth.METHODS))
    def test_a_row_without_a_value_is_refused(self, method):
        answers = answers_of(("a", "q", "x"), ("b", "q", None))
        with pytest.raises(DataError, match="answers:2:value: expected a source, a question and a value"):
            method(answers)

    @pytest.mark.parametrize(
        ("method", "settings", "message"),
        [
            (
                truth.accucopy,
                {"false_values": 0, "rate": 1},
                "false_values: expected at least 1, found 0; rate",
            ),
            (truth.accucopy, {"prior": 0}, "prior: expected a number between 0 and 1, found 0"),
            (truth.accucopy, {"start": float("nan")}, "start: expected a number between 0 and 1"),
            (truth.accucopy, {"written": pd.Series({"a": 1})}, "found none for b"),
            (truth.copying, {"prior": 1}, "prior: expected a number between 0 and 1"),
            (truth.truthfinder, {"start": 1, "rounds": 0}, "rounds: expected at least 1, found 0; start"),
        ],
    )
    def test_settings_out_of_range(self, method, settings, message):
        with pytest.raises(SourcebookError, match=message):
            method(answers_of(("a", "q", "x"), ("b", "q", "y")), **settings)

    @pytest.mark.parametrize("method", list(truth.METHODS.values()), ids=list(truth.METHODS))
    def test_the_order_of_the_answers_changes_nothing(self, method):
        answers = planted_answers(3)[0]
        shuffled = answers.sample(frac=1, random_state=1)
        key = ["proposition_id", "value"]
        one, other = (method(a).sort_values(key, ignore_index=True) for a in (answers, shuffled))
        pd.testing.assert_frame_equal(one, other, atol=1e-5)


class TestTruthFinder:
    def test_one_round_by_hand(self):
        answers = answers_of(("a", "q", "x"), ("b", "q", "x"), ("c", "q", "y"))
        found = truth.truthfinder(answers, rounds=1)
        trust = -math.log(1 - 0.9)
        by_hand = [1 / (1 + math.exp(-0.3 * n * trust)) for n in (2, 1)]
        assert found["score"].tolist() == pytest.approx(by_hand, abs=1e-6)

    def test_an_implication_moves_confidence(self):
        answers = answers_of(("a", "q", "200"), ("b", "q", "over 100"), ("c", "q", "7"))
        implied = pd.DataFrame(
            [("q", "200", "over 100", 1.0), ("q", "200", "7", -1.0), ("q", "200", "unheard", 1.0)],
            columns=["proposition_id", "value_from", "value_to", "weight"],
        )
        score = truth.truthfinder(answers, implied, rounds=1).set_index("value")["score"]
        trust = -math.log(1 - 0.9)
        assert score["over 100"] == pytest.approx(1 / (1 + math.exp(-0.3 * 1.5 * trust)), abs=1e-6)
        assert score["7"] == pytest.approx(1 / (1 + math.exp(-0.3 * 0.5 * trust)), abs=1e-6)
        assert score["200"] == pytest.approx(1 / (1 + math.exp(-0.3 * trust)), abs=1e-6)

    def test_accuracy_is_the_mean_confidence(self):
        answers = answers_of(("a", "q", "x"), ("a", "r", "y"), ("b", "q", "x"))
        found = truth.truthfinder(answers)
        score = found.set_index("proposition_id")["score"]
        table = truth.accuracies(answers, found).set_index("source_id")["accuracy"]
        assert table["a"] == pytest.approx((score["q"] + score["r"]) / 2, abs=1e-6)
        assert table["b"] == pytest.approx(score["q"], abs=1e-6)


class TestDawidSkene:
    def test_the_published_shares_of_the_classes(self):
        found = truth.dawid_skene(patients())
        # Table 2 of the paper: .40, .42, .11, .07.
        shares = found.groupby("value")["score"].sum() / 45
        assert shares.round(2).to_dict() == {"1": 0.40, "2": 0.42, "3": 0.11, "4": 0.07}

    def test_the_error_rates_of_the_first_observer(self):
        rates = truth.error_rates(patients(), tolerance=1e-10, rounds=5000)
        first = rates[rates["source_id"] == "observer 1"].set_index(["believed", "given"])["rate"]
        # As another library (crowd-kit 1.4.2, Apache-2.0) computes them from the same table, to two decimals.
        known = {("1", "1"): 0.8894, ("1", "2"): 0.1106, ("2", "1"): 0.0703, ("2", "2"): 0.8767}
        known |= {("2", "3"): 0.0530, ("3", "2"): 0.3355, ("3", "3"): 0.6645, ("4", "4"): 0.4444}
        for cell, rate in known.items():
            assert first[cell] == pytest.approx(rate, abs=5e-3), cell
        assert (rates.groupby(["source_id", "believed"])["rate"].sum().round(4) == 1).all()

    def test_one_judgement_of_each_observer(self):
        one = patients().drop_duplicates(["source_id", "proposition_id"])
        found = truth.dawid_skene(one, tolerance=1e-10, rounds=5000)
        # As crowd-kit 1.4.2 has them.
        shares = (found.groupby("value")["score"].sum() / 45).to_dict()
        known = {"1": 0.39996, "2": 0.41261, "3": 0.12076, "4": 0.06667}
        assert shares == pytest.approx(known, abs=1e-5)

    def test_one_coin_trusts_who_is_right_elsewhere(self):
        rows = [(s, f"q{n}", "x") for s in "abc" for n in range(6)]
        rows += [(s, f"q{n}", f"wrong-{s}") for s in "de" for n in range(6)]
        rows += [("a", "last", "x"), ("b", "last", "x"), ("d", "last", "y"), ("e", "last", "y")]
        assert chosen(truth.dawid_skene(answers_of(*rows), model="one-coin"))["last"] == "x"

    def test_another_model_is_refused(self):
        with pytest.raises(SourcebookError, match="'two-coin'"):
            truth.dawid_skene(patients(), model="two-coin")


def planted_answers(seed, *, questions=60, honest=9, copiers=7):
    """Return answers of honest sources, of one that errs often, and of copies of that one; and the truth."""
    rng = random.Random(seed)
    rows, facts = [], {}
    for n in range(questions):
        question = f"q{n:02d}"
        facts[question] = "true"
        for k in range(honest):
            right = rng.random() < 0.7
            rows.append((f"honest {k}", question, "true" if right else f"false {rng.randrange(8)}"))
        bad = "true" if rng.random() < 0.3 else f"false {rng.randrange(8)}"
        rows.append(("bad", question, bad))
        rows += [(f"copy {k}", question, bad) for k in range(copiers) if rng.random() < 0.9]
    return answers_of(*rows), facts


def share_right(found, facts):
    got = chosen(found)
    return sum(got.get(q) == value for q, value in facts.items()) / len(facts)


class TestAccuCopy:
    def test_two_sources_that_share_errors_depend(self):
        answers, _ = planted_answers(1)
        found = truth.copying(answers)
        either = found.assign(
            pair=[frozenset(p) for p in zip(found["source_id"], found["upstream"], strict=True)]
        )
        probability = either.groupby("pair")["probability"].sum()
        for pair, value in probability.items():
            alike = all(not s.startswith("honest") for s in pair)
            assert (value > 0.9) == alike, (pair, value)

    def test_the_earlier_does_not_copy_the_later(self):
        answers, _ = planted_answers(1)
        written = pd.Series({s: int(s != "bad") for s in answers["source_id"].unique()})
        found = truth.copying(answers, written=written)
        assert "bad" not in set(found["source_id"])

    @pytest.mark.parametrize("seed", range(5))
    def test_it_is_right_where_a_vote_follows_the_copies(self, seed):
        answers, facts = planted_answers(seed)
        assert share_right(truth.accucopy(answers), facts) >= 0.95
        assert share_right(truth.vote(answers), facts) <= 0.75

    def test_without_copies_it_chooses_as_the_vote_does(self):
        answers, facts = planted_answers(2, copiers=0)
        assert share_right(truth.accucopy(answers), facts) >= share_right(truth.vote(answers), facts)

    def test_one_answer_of_one_source_by_hand(self):
        # One source of accuracy .8: its weight is ln(10 · .8 / .2) = ln 40; of eleven possible answers the
        # one that is given has e^(ln 40) = 40 votes and the ten others one each: 40 / 50.
        found = truth.accucopy(answers_of(("a", "q", "x")), rounds=1)
        assert found["score"].tolist() == pytest.approx([0.8])


class TestDemonstration:
    ANSWERS = answers_of(
        ("a1", "q", "x"),
        ("a2", "q", "x"),
        ("b", "q", "y"),
        ("a1", "r", "x"),
        ("b", "r", "x"),
    )
    ORIGIN = pd.DataFrame({"source_id": ["a1", "a2", "b"], "origin": ["a1", "a1", "b"]})

    def test_a_vote_follows_the_origin_that_repeats_itself(self):
        found = truth.compare(self.ANSWERS, self.ORIGIN, {"vote": truth.vote})
        assert found.to_numpy().tolist() == [["vote", "q", "x", "", "x", True, True]]

    def test_copies_carry_a_vote(self):
        found = truth.repeat(self.ANSWERS, times=2, methods={"vote": truth.vote}).set_index("source_id")
        assert found.loc["b", ["contested", "before", "after"]].tolist() == [1, 0, 1]
        assert found.loc["a1", ["contested", "before", "after"]].tolist() == [1, 1, 1]
        assert truth.repeat(self.ANSWERS, sources=["b", "nobody"])["source_id"].unique().tolist() == ["b"]

    def test_a_tie_on_every_question_that_a_source_answers(self):
        tied = self.ANSWERS.drop(1)
        found = truth.repeat(tied, sources=["b"], methods={"vote": truth.vote})
        assert found[["contested", "before"]].to_numpy().tolist() == [[1, 0]]
        assert truth.compare(tied, self.ORIGIN, {"vote": truth.vote})["sources_choose"].tolist() == [""]

    def test_without_a_contested_question_there_is_nothing_to_compare(self):
        assert truth.compare(self.ANSWERS.iloc[3:], self.ORIGIN).empty
