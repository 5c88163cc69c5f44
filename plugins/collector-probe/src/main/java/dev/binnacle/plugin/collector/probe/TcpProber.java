package dev.binnacle.plugin.collector.probe;

import com.google.re2j.Pattern;
import dev.binnacle.prometheus.http.Dialed;
import dev.binnacle.prometheus.http.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A connection; on it perhaps something said, and something heard. */
final class TcpProber implements Prober {
    private static final int LONGEST_ANSWER = 1 << 16;

    @Override
    public void ask(Route route, Verdict verdict) throws IOException {
        var probe = route.probe();
        try (var dialed = route.dial(probe.url(), verdict)) {
            dialed.out().write(probe.send().getBytes(StandardCharsets.UTF_8));
            dialed.out().flush();
            if (!probe.matches().isEmpty()) {
                hear(route, dialed, verdict);
            }
        }
    }

    /** Listens until what is expected has come, or until it cannot come any more. */
    private static void hear(Route route, Dialed dialed, Verdict verdict) throws IOException {
        var heard = new byte[LONGEST_ANSWER];
        int count = 0;
        try {
            var expected = Pattern.compile(route.probe().matches());
            while (count < heard.length) {
                int read = dialed.in().read(heard, count, heard.length - count);
                if (read < 0) {
                    break;
                }
                count += read;
                if (expected.matcher(text(heard, count)).find()) {
                    break;
                }
            }
        } catch (IOException e) {
            throw dialed.failure(e);
        }
        verdict.steps().end(Step.PROCESSING);
        Answers.require(route.probe(), text(heard, count), verdict);
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
