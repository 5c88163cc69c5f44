package dev.binnacle.ledger;

import java.util.List;

/** One line of a client, understood. */
sealed interface Request {
    /** {@code APPEND reference account cents [trace]}: book an entry. */
    record Append(Entry entry) implements Request {}

    /** {@code GET reference}: show an entry. */
    record Get(String reference) implements Request {}

    /** {@code BALANCE account}: show what an account holds. */
    record Balance(String account) implements Request {}

    /** {@code COUNT}: show how many entries were booked. */
    record Count() implements Request {}

    /** {@code PING}: show that somebody is there. */
    record Ping() implements Request {}

    /** {@code QUIT}: close the connection. */
    record Quit() implements Request {}

    /** A line that is none of these. */
    record Malformed(String reason) implements Request {}

    /** Returns what {@code line}, without its line break, asks for. Never throws. */
    static Request parse(String line) {
        var words = List.of(line.strip().split(" +", -1));
        try {
            return parse(words.getFirst(), words.subList(1, words.size()));
        } catch (IllegalArgumentException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Request parse(String command, List<String> words) {
        return switch (command) {
            case "APPEND" -> append(words);
            case "GET" -> new Get(Entry.word("reference", only(command, words)));
            case "BALANCE" -> new Balance(Entry.word("account", only(command, words)));
            case "COUNT" -> none(command, words, new Count());
            case "PING" -> none(command, words, new Ping());
            case "QUIT" -> none(command, words, new Quit());
            default -> new Malformed("the commands are APPEND, GET, BALANCE, COUNT, PING and QUIT");
        };
    }

    private static Request append(List<String> words) {
        if (words.size() < 3 || words.size() > 4) {
            return new Malformed("APPEND takes reference, account, cents and perhaps a trace");
        }
        var trace = words.size() == 4 ? words.get(3) : Entry.NO_TRACE;
        return new Append(new Entry(words.get(0), words.get(1), cents(words.get(2)), trace));
    }

    private static long cents(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("cents must be a whole number of 64 bits", e);
        }
    }

    private static String only(String command, List<String> words) {
        if (words.size() != 1) {
            throw new IllegalArgumentException(command + " takes one word, got " + words.size());
        }
        return words.getFirst();
    }

    private static Request none(String command, List<String> words, Request request) {
        if (!words.isEmpty()) {
            throw new IllegalArgumentException(command + " takes nothing, got " + words.size() + " words");
        }
        return request;
    }
}
