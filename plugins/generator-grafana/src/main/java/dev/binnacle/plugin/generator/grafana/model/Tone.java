package dev.binnacle.plugin.generator.grafana.model;

/**
 * The one language of colours on all dashboards: a colour always means the same.
 *
 * <p>The colours are Okabe and Ito's with a grey, which people with any of the usual kinds of colour blindness tell apart, on light and on
 * dark ground.
 */
public enum Tone {
    /** As it should be; answers of the 100s to 300s. */
    OK("#009E73"),
    /** Look at it soon; answers of the 400s, which the caller is to blame for. */
    WARN("#E69F00"),
    /** Somebody is hurt; answers of the 500s. */
    BAD("#D55E00"),
    /** An answer that broke off, a gRPC error under HTTP 200, a route that is missing. */
    BROKEN("#CC79A7"),
    /** The client gave up. */
    GONE("#BFBFBF"),
    /** What callers' proxies and gateways saw ({@code reporter="source"}), and the first of two. */
    CALLERS("#56B4E9"),
    /** What servers' proxies saw ({@code reporter="destination"}), and the second of two. */
    SERVERS("#F0E442"),
    /** A number without a judgement. */
    NEUTRAL("#0072B2"),
    /** As Grafana's palette gives them: series of which nobody knows the number. */
    PALETTE("");

    private final String hex;

    Tone(String hex) {
        this.hex = hex;
    }

    /** Returns {@code #RRGGBB}; empty for {@link #PALETTE}. */
    public String hex() {
        return hex;
    }
}
