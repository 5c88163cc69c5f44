package dev.binnacle.e2e.executed;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a client that knows nothing of proxies felt. Failed is whatever brought no whole answer of the application, unless the answer says
 * that the request was wrong or not allowed: no mesh can make a user happy who asks for what is not there.
 *
 * @param sent so many requests, or connections
 * @param failed so many of them
 */
record Felt(int sent, int failed) {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** Statuses of gRPC for which a server is to blame, as OpenTelemetry's conventions have them. */
    private static final Set<String> SERVERS_FAULT = Set.of("2", "4", "12", "13", "14", "15");

    /** Sends the same request so often at the same time. */
    static Felt by(Case.Caller caller, int times, String line) {
        return by(caller, times, line, PATIENT);
    }

    /** The same as one who goes away when nothing has come for so long. */
    static Felt by(Case.Caller caller, int times, String line, Duration patience) {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> one = () -> failed(caller, line, patience);
            long failed = clients.invokeAll(Collections.nCopies(times, one)).stream()
                    .filter(Future::resultNow)
                    .count();
            return new Felt(times, (int) failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Returns this and more. */
    Felt and(Felt more) {
        return new Felt(sent + more.sent, failed + more.failed);
    }

    private static boolean failed(Case.Caller caller, String line, Duration patience) {
        try {
            return failed(caller.send(line, patience));
        } catch (IOException noAnswer) {
            return true;
        }
    }

    private static boolean failed(Reply reply) {
        boolean nobody = reply.status() == 404 && reply.answeredBy().isEmpty();
        return reply.status() >= 500
                || nobody
                || reply.header("grpc-status").filter(SERVERS_FAULT::contains).isPresent();
    }

    @Override
    public String toString() {
        return failed + " of " + sent;
    }
}
