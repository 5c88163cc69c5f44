package dev.binnacle.ledger;

/** Answers one request with one line. */
final class Clerk {
    private final Ledger ledger;
    private final LedgerMetrics metrics;

    Clerk(Ledger ledger, LedgerMetrics metrics) {
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** Returns the answer, without a line break. An error begins with {@code ERR} and a code. */
    String answer(Request request) {
        var answer = lookUp(request);
        metrics.answered(answer.startsWith("ERR ") ? "error" : "ok");
        return answer;
    }

    private String lookUp(Request request) {
        return switch (request) {
            case Request.Append(Entry entry) -> append(entry);
            case Request.Get(String reference) ->
                ledger.find(reference)
                        .map(Clerk::show)
                        .orElse("ERR unknown there is no entry " + reference + " among the latest");
            case Request.Balance(String account) -> "BALANCE " + account + " " + ledger.balance(account);
            case Request.Count() -> "COUNT " + ledger.count();
            case Request.Ping() -> "PONG";
            case Request.Quit() -> "BYE";
            case Request.Malformed(String reason) -> "ERR malformed " + reason;
        };
    }

    private String append(Entry entry) {
        try {
            return "OK " + ledger.append(entry).sequence();
        } catch (Ledger.RefusedException e) {
            return "ERR " + e.code() + " " + e.getMessage();
        }
    }

    private static String show(Ledger.Booked booked) {
        var entry = booked.entry();
        return "ENTRY " + booked.sequence() + " " + entry.reference() + " " + entry.account() + " " + entry.cents()
                + " " + entry.trace();
    }
}
