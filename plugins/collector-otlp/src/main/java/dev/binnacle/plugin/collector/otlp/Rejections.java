package dev.binnacle.plugin.collector.otlp;

/** Counts the parts of a request that are not taken, and remembers why the first one was not. */
final class Rejections {
    private long count;
    private String first = "";

    void add(long items, String why) {
        if (count == 0) {
            first = why;
        }
        count += items;
    }

    long count() {
        return count;
    }

    /** Returns the first reason; empty when nothing was rejected. */
    String message() {
        return first;
    }
}
