"""python -m benchmarks.council OUT.jsonl [--documents N] [--seed S]"""

from benchmarks.council.write import main

main()
