package dev.binnacle.prometheus.sink;

import dev.binnacle.spi.config.ValueType;
import java.net.URI;

/** A URL without a name and password in it: those would be seen wherever the URL is. */
public final class PlainUrl {
    /** Parses one. */
    public static final ValueType<URI> TYPE =
            new ValueType<>("an http or https URL without a user and password", PlainUrl::parse);

    private PlainUrl() {}

    private static URI parse(String text) {
        var url = ValueType.URL.parser().apply(text);
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("user information");
        }
        return url;
    }
}
