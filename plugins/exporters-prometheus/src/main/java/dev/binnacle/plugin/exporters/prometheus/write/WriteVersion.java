package dev.binnacle.plugin.exporters.prometheus.write;

/** Which version of remote write to speak. */
enum WriteVersion {
    /** 2.0, and 1.0 from when the receiver turns out to know nothing else. */
    AUTO("auto"),
    /** 1.0. */
    ONE("1.0"),
    /** 2.0, whatever the receiver says. */
    TWO("2.0");

    private final String text;

    WriteVersion(String text) {
        this.text = text;
    }

    /**
     * Returns the version written as {@code text}.
     *
     * @throws IllegalArgumentException when there is none
     */
    static WriteVersion of(String text) {
        for (var version : values()) {
            if (version.text.equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
