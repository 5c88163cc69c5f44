package dev.binnacle.app.plugins;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** The pages that plugins serve. */
@Path("/plugins/{extension}/metrics")
public class PluginPageResource {
    private final Plugins plugins;

    PluginPageResource(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Returns the page; 404 when the extension serves none, 503 with the reason when it could not write it. */
    @GET
    public Response page(@PathParam("extension") String extension) throws InterruptedException {
        try {
            return plugins.page(extension)
                    .map(page -> Response.ok(page.text(), page.contentType()).build())
                    .orElseGet(() -> plain(404, extension + " serves no page"));
        } catch (IOException e) {
            return plain(503, String.valueOf(e.getMessage()));
        }
    }

    private static Response plain(int status, String text) {
        return Response.status(status)
                .type("text/plain; charset=utf-8")
                .entity(text + "\n")
                .build();
    }
}
