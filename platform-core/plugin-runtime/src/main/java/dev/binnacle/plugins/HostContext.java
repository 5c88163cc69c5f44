package dev.binnacle.plugins;

import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.TextEndpoint;
import dev.binnacle.spi.context.Timers;
import java.net.http.HttpClient;
import java.time.InstantSource;

/** What one extension is lent; everything in it can be taken back. */
record HostContext(
        PluginHost host, ExtensionUnit unit, HttpClient http, Timers timers, Meters meters, Settings settings)
        implements ExtensionContext {

    @Override
    public InstantSource clock() {
        return host.clock();
    }

    @Override
    public System.Logger log() {
        return host.log(unit.id());
    }

    @Override
    public MeshView mesh() {
        return host.mesh();
    }

    @Override
    public void serve(TextEndpoint endpoint) {
        unit.serve(endpoint);
    }
}
