package dev.binnacle.app.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The console is one page: each of its addresses is answered with {@code index.html}, and the script there shows the rest.
 *
 * <p>Names of assets hold a sum of their content, so browsers keep them for ever; everything else is asked for each time.
 */
@ApplicationScoped
class ConsolePages {
    private static final String INDEX = "/index.html";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_FIRST = "no-cache";

    /** A service's namespace and name follow two of them. */
    private static final Pattern PAGES = Pattern.compile(
            "/(overview|topology|services|traffic|faults|slos|metrics|plugins|configuration)/?|/(services|traffic)/[^/]+/[^/]+/?|/plugins/[^/]+/?");

    private static final Pattern FILES =
            Pattern.compile("/|/index\\.html|/theme\\.js|/binnacle\\.svg|/third-party-notices\\.txt");

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    void register(@Observes Router router) {
        // Before the static files, whose handler leaves a header that is there as it is.
        router.route().order(Integer.MIN_VALUE + 1_000).handler(ConsolePages::handle);
    }

    private static void handle(RoutingContext request) {
        String path = request.normalizedPath();
        if (READING.contains(request.request().method()) && PAGES.matcher(path).matches()) {
            request.reroute(INDEX);
            return;
        }
        if (path.startsWith("/assets/")) {
            request.response().headers().set(HttpHeaders.CACHE_CONTROL, FOR_EVER);
        } else if (FILES.matcher(path).matches()) {
            request.response().headers().set(HttpHeaders.CACHE_CONTROL, ASK_FIRST);
        }
        request.next();
    }
}
