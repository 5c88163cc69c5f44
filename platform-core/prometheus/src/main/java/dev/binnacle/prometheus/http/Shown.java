package dev.binnacle.prometheus.http;

import java.net.URI;

/** URLs as messages may have them. */
public final class Shown {
    private Shown() {}

    /** Returns the URL without what may be secret in it: user, password and parameters. */
    public static String of(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme() + "://" + url.getHost() + port + path;
    }
}
