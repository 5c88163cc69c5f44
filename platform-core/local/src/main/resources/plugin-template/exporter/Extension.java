package @package@;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Posts each batch as lines of series, value and milliseconds. */
final class @Class@Exporter implements Exporter {
    private final HttpClient http;
    private final URI url;
    private final Duration timeout;

    @Class@Exporter(HttpClient http, URI url, Duration timeout) {
        this.http = http;
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public void export(List<Sample> batch) throws ExportException, InterruptedException {
        String lines = batch.stream().map(@Class@Exporter::line).collect(Collectors.joining());
        var request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        int status;
        try {
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new ExportException(FailureKind.TRANSIENT, url + " does not answer: " + e, e);
        }
        if (status / 100 != 2) {
            // What a 4xx refuses it refuses again: the host drops such a batch and counts it.
            var kind = status / 100 == 4 && status != 429 ? FailureKind.PERMANENT : FailureKind.TRANSIENT;
            throw new ExportException(kind, url + " answered " + status, null);
        }
    }

    @Override
    public void close() {
        // The client is the host's.
    }

    private static String line(Sample sample) {
        return sample.series() + " " + sample.value() + " " + sample.at().toEpochMilli() + "\n";
    }
}
