"""Shows an answer of the gateway, read from standard input, in a way that is pleasant to read.

    show_answer.py recommendations    the list as a table
    show_answer.py item-ids           the ids of a page of items, on one line
"""

import json
import sys


def title(item):
    year = item.get("year")
    name = item.get("title") or item["id"]
    return f"{name} ({year})" if year and str(year) not in name else name


def show_recommendations(answer):
    if "items" not in answer:
        return 1  # a job that has not ended yet, or an error
    for recommendation in answer["items"]:
        match = recommendation.get("matchPercent")
        rating = recommendation.get("predictedRating")
        notes = []
        if rating is not None:
            notes.append(f"expected rating {rating:.1f}")
        if match is not None:
            notes.append(f"rated by {match:.0f} % of the neighbours")
        genres = ", ".join(recommendation["item"].get("genres") or [])
        print(f"    {recommendation['rank']:>3}. {title(recommendation['item'])[:52]:<52}  {'; '.join(notes)}  {genres}".rstrip())
    return 0


def show_item_ids(answer):
    print(*(item["id"] for item in answer["items"]))
    return 0


if __name__ == "__main__":
    answer = json.load(sys.stdin)
    sys.exit({"recommendations": show_recommendations, "item-ids": show_item_ids}[sys.argv[1]](answer))
