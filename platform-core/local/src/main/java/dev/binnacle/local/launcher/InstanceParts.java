package dev.binnacle.local.launcher;

import dev.binnacle.local.ca.CertificateRotation;
import dev.binnacle.local.engine.Engine;
import dev.binnacle.local.engine.EngineKind;
import dev.binnacle.local.instance.InstanceLock;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.LoopbackBlock;
import dev.binnacle.local.instance.UserPorts;
import java.util.Map;

/**
 * What an instance has taken or found before its first process starts.
 *
 * @param environment the user's environment
 */
record InstanceParts(
        Layout layout,
        Map<String, String> environment,
        InstanceLock lock,
        LoopbackBlock block,
        UserPorts reserved,
        InstancePorts ports,
        CertificateRotation certificates,
        Map<EngineKind, Engine> engines) {

    /** Returns an engine that was found. */
    Engine engine(EngineKind kind) {
        Engine engine = engines.get(kind);
        if (engine == null) {
            throw new IllegalStateException("engine " + kind.id() + " was not looked for");
        }
        return engine;
    }
}
