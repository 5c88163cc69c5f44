package dev.binnacle.plugin.collector.otlp;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Locale;

/** What the head of a request tells about it: whether its body is worth waiting for. */
sealed interface HttpAdmission {
    /** The form in which it is taken. */
    String PROTOBUF = "application/x-protobuf";

    /** Let it come, packed by gzip or not. */
    record Granted(Signal signal, boolean packed) implements HttpAdmission {}

    /** It will not be taken, whatever it says. */
    record Denied(Refusal reason, String why) implements HttpAdmission {}

    static HttpAdmission of(HttpRequest request, int maxBytes) {
        String path = request.uri().split("\\?", 2)[0];
        var signal = Signal.at(path);
        if (signal.isEmpty()) {
            return new Denied(Refusal.MISDIRECTED, "there is nothing here but /v1/traces and /v1/metrics");
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return new Denied(Refusal.MISDIRECTED, "only POST is answered here");
        }
        String type = word(request.headers(), HttpHeaderNames.CONTENT_TYPE.toString());
        if (!type.equals(PROTOBUF)) {
            return new Denied(
                    Refusal.UNSUPPORTED, "the content type is " + PROTOBUF + " here, got '" + excerpt(type) + "'");
        }
        String packing = word(request.headers(), HttpHeaderNames.CONTENT_ENCODING.toString());
        boolean packed = packing.equals("gzip");
        if (!packed && !packing.isEmpty() && !packing.equals("identity")) {
            return new Denied(
                    Refusal.UNSUPPORTED, "a body is packed by gzip or not at all, got '" + excerpt(packing) + "'");
        }
        long length = HttpUtil.getContentLength(request, 0L);
        return length > maxBytes
                ? new Denied(Refusal.TOO_LARGE, tooLarge(maxBytes))
                : new Granted(signal.get(), packed);
    }

    static String tooLarge(int maxBytes) {
        return "a request has at most " + maxBytes + " bytes, unpacked";
    }

    /** Returns a header's value in lower case, without what follows a semicolon. */
    static String word(HttpHeaders headers, String name) {
        String value = headers.get(name, "");
        return value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String excerpt(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
