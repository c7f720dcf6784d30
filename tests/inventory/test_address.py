"""How an inventory in PostgreSQL is connected to."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from inventory.address import connectable, conninfo
from inventory.engine import connect, reading
from inventory.leases import driver_address


def test_an_address_says_the_same_to_the_librarys_own_programs():
    told = conninfo_to_dict(conninfo(connectable("postgresql://writer@db.example:6543/muniment?sslmode=verify-full")))
    asked = {"user": "writer", "host": "db.example", "port": "6543", "dbname": "muniment", "sslmode": "verify-full"}
    assert asked.items() <= told.items()


def test_several_hosts_stay_several():
    told = conninfo_to_dict(conninfo(connectable("postgresql://writer@/muniment?host=one&host=two")))
    assert told["host"] == "one,two"


def test_what_the_operator_says_of_patience_holds():
    told = conninfo_to_dict(conninfo(connectable("postgresql://db.example/muniment?connect_timeout=3")))
    assert told["connect_timeout"] == "3"


@pytest.mark.servers
def test_the_server_gives_up_within_a_minute_who_is_lost_without_a_word(postgres_url):
    database = connect(postgres_url)
    with reading(database) as connection:
        shown = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in _SHOWN]
    database.dispose()
    with psycopg.connect(driver_address(postgres_url)) as connection:
        assert shown == [connection.execute(f"SHOW {name}").fetchone()[0] for name in _SHOWN]
    assert shown == ["30", "10", "3"]


_SHOWN = "tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count"
