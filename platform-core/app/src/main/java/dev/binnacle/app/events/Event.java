package dev.binnacle.app.events;

/**
 * Something that happened.
 *
 * @param name what kind of event it is; empty for a sign of life, which is no event
 * @param data one line of JSON
 */
record Event(String name, String data) {
    static final Event HEARTBEAT = new Event("", "");
}
