package dev.binnacle.ledger;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The account book. Safe for use by several threads.
 *
 * <p>It keeps the latest entries one by one, and of the older ones what they add up to: balances and the count stay
 * right for as long as the process lives, in bounded memory.
 */
final class Ledger {
    private final int mostEntries;
    private final int mostAccounts;
    private final Map<String, Booked> latest = new LinkedHashMap<>();
    private final Map<String, Long> balances = new HashMap<>();
    private long count;

    /** A book that keeps {@code mostEntries} entries and {@code mostAccounts} accounts. */
    Ledger(int mostEntries, int mostAccounts) {
        if (mostEntries < 1 || mostAccounts < 1) {
            throw new IllegalArgumentException(
                    "a ledger keeps at least one entry and one account, got " + mostEntries + " and " + mostAccounts);
        }
        this.mostEntries = mostEntries;
        this.mostAccounts = mostAccounts;
    }

    /** An entry and its place in the book, counted from 1. */
    record Booked(long sequence, Entry entry) {}

    /**
     * Books an entry and returns it with its place; one that is there already is returned as it is.
     *
     * @throws RefusedException when its reference is taken by another entry, its account would be one too many, or the
     *     balance would not fit into 64 bits
     */
    synchronized Booked append(Entry entry) {
        var present = latest.get(entry.reference());
        if (present != null) {
            return same(present, entry);
        }
        balances.put(entry.account(), balanceWith(entry));
        var booked = new Booked(++count, entry);
        latest.put(entry.reference(), booked);
        if (latest.size() > mostEntries) {
            latest.remove(latest.keySet().iterator().next());
        }
        return booked;
    }

    /** Returns the entry with this reference, if it is among the latest. */
    synchronized Optional<Booked> find(String reference) {
        return Optional.ofNullable(latest.get(reference));
    }

    /** Returns the sum of all that was booked to an account, 0 for one that is not known. */
    synchronized long balance(String account) {
        return balances.getOrDefault(account, 0L);
    }

    /** Returns how many entries were booked since the start. */
    synchronized long count() {
        return count;
    }

    private long balanceWith(Entry entry) {
        var balance = balances.get(entry.account());
        if (balance == null && balances.size() >= mostAccounts) {
            throw new RefusedException("accounts", "the ledger has room for " + mostAccounts + " accounts");
        }
        try {
            return Math.addExact(balance == null ? 0 : balance, entry.cents());
        } catch (ArithmeticException e) {
            throw new RefusedException("overflow", "the balance of " + entry.account() + " would be out of range", e);
        }
    }

    private static Booked same(Booked present, Entry entry) {
        var there = present.entry();
        if (there.account().equals(entry.account()) && there.cents() == entry.cents()) {
            return present;
        }
        throw new RefusedException(
                "conflict", "reference " + entry.reference() + " is taken by entry " + present.sequence());
    }

    /** The ledger does not take an entry; carries a code for programs and a message for people. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String code;

        RefusedException(String code, String message) {
            super(message);
            this.code = code;
        }

        RefusedException(String code, String message, Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
