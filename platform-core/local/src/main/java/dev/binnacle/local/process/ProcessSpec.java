package dev.binnacle.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start one process.
 *
 * @param name unique within the instance; also the name of its log
 * @param command the program and its arguments
 * @param environment everything the process finds in its environment: nothing is inherited
 * @param folder the working folder
 * @param log where its output and its errors are appended
 */
public record ProcessSpec(String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
    public ProcessSpec {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("process " + name + " has an empty command");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
