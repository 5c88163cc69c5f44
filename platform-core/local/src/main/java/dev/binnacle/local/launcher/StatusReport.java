package dev.binnacle.local.launcher;

import dev.binnacle.local.process.ProcessState;
import java.util.List;

/**
 * What the launcher knows, for the {@code status} command and the status file.
 *
 * @param healthy whether everything is up
 * @param status what {@code -o json} prints
 * @param processes every supervised process
 * @param notes remarks for people: a port that moved, an application on the wrong address
 */
public record StatusReport(boolean healthy, InstanceStatus status, List<ProcessState> processes, List<String> notes) {}
