package dev.binnacle.plugins;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionFactory;

/** A factory that a plugin contributed, with the descriptor it gave. */
record FoundExtension(ExtensionDescriptor descriptor, ExtensionFactory<?> factory) {
    String id() {
        return descriptor.id();
    }
}
