package dev.binnacle.prometheus.scrape;

import dev.binnacle.spi.model.Series;

/** What is demanded of lines beyond what makes them readable. */
interface LineRules {
    /** Demands nothing. */
    LineRules NONE = new LineRules() {
        @Override
        public void described(LineReader.Kind kind, String family, String text, int line) {
            // Anything goes.
        }

        @Override
        public void sample(LineReader line, Series series, int number) {
            // Anything goes.
        }
    };

    void described(LineReader.Kind kind, String family, String text, int line) throws LineReader.Malformed;

    void sample(LineReader line, Series series, int number) throws LineReader.Malformed;
}
