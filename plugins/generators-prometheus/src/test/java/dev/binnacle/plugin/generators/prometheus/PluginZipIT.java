package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.plugins.PackedPluginContract;

class PluginZipIT extends PackedPluginContract {
    @Override
    protected String zip() {
        return "target/generators-prometheus-plugin.zip";
    }

    @Override
    protected String extension() {
        return "generator-prometheus";
    }
}
