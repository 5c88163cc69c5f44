package dev.binnacle.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where the ledger listens and how much it keeps and bears. */
@ConfigMapping(prefix = "ledger")
interface LedgerConfig {
    /** The address of the line protocol. */
    @WithDefault("${quarkus.http.host}")
    String host();

    /** The port of the line protocol. */
    @WithDefault("7000")
    int port();

    /** Entries that are kept one by one; of older ones only the balances remain. */
    @WithDefault("100000")
    int mostEntries();

    /** Accounts. */
    @WithDefault("1000")
    int mostAccounts();

    /** Connections at the same time. */
    @WithDefault("256")
    int mostConnections();

    /** Bytes of a line. */
    @WithDefault("1024")
    int longestLine();

    /** Time for a line, from its first byte until its answer is sent. */
    @WithDefault("5s")
    Duration lineTimeout();

    /** Time between two lines. */
    @WithDefault("60s")
    Duration idleTimeout();
}
