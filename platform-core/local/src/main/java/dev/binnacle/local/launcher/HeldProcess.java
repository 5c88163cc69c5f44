package dev.binnacle.local.launcher;

import java.util.List;
import java.util.Map;

/**
 * A process whose place is free for another, and what the other needs to take it.
 *
 * @param name the pod's id, or {@code app}
 * @param module the folder of its Maven module in the clone
 * @param environment what the process would have found in its environment
 * @param jvmFlags the flags of its JVM that make names resolve
 */
public record HeldProcess(String name, String module, Map<String, String> environment, List<String> jvmFlags) {}
