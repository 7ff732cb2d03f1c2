"""A fair selection of this register: its businesses gathered, its plain rules applied, its outcome kept and put in words.

The choice itself is promotions.fair_selection, which knows no table (docs/adr/0019-selections-and-ledger.md).
"""
