package dev.binnacle.plugins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The zips that were looked at, in the order of their names, with what became of each. For one writer at a time and any number of readers. */
final class PluginSlots {
    private volatile List<PluginSlot> slots = List.of();

    void add(PluginSlot slot) {
        var all = new ArrayList<>(slots);
        all.add(slot);
        all.sort(Comparator.comparing(PluginSlot::zip));
        slots = List.copyOf(all);
    }

    void remove(PluginSlot slot) {
        slots = slots.stream().filter(other -> !other.equals(slot)).toList();
    }

    List<PluginSlot> all() {
        return slots;
    }

    /** Returns the first one of a plugin, by its id, or its file's name without {@code .zip} when it could not be read. */
    Optional<PluginSlot> of(String pluginId) {
        return slots.stream().filter(slot -> slot.id().equals(pluginId)).findFirst();
    }

    /** Returns the plugins whose classes are loaded now. */
    Stream<LoadedPlugin> plugins() {
        return slots.stream().flatMap(slot -> slot.plugin().stream());
    }

    Stream<ExtensionUnit> units() {
        return plugins().flatMap(plugin -> plugin.units().stream());
    }

    /** Returns the ids that no other plugin, and no other plugin's extension, may have. */
    Set<String> taken(Predicate<PluginSlot> by) {
        var taken = new HashSet<String>();
        slots.stream().filter(by).flatMap(slot -> slot.plugin().stream()).forEach(plugin -> {
            taken.add(plugin.manifest().id());
            taken.addAll(plugin.manifest().extensions());
        });
        return taken;
    }

    List<ExtensionStatus> statuses() {
        return slots.stream()
                .flatMap(PluginSlot::statuses)
                .sorted(Comparator.comparing(ExtensionStatus::id).thenComparing(ExtensionStatus::plugin))
                .toList();
    }

    /**
     * Returns the page that an extension serves; empty when it serves none.
     *
     * @throws IOException when the extension could not write it; the message is the reason
     */
    Optional<Page> page(String extensionId) throws IOException, InterruptedException {
        for (var plugin : plugins().toList()) {
            try {
                var page = plugin.page(extensionId);
                if (page.isPresent()) {
                    return page;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(extensionId + " " + Guarded.describe(e), e);
            }
        }
        return Optional.empty();
    }

    /** Returns, for each loaded plugin, how many of its calls still run although nobody waits for them. */
    Map<String, Integer> abandonedCalls() {
        return plugins()
                .collect(Collectors.toMap(
                        plugin -> plugin.manifest().id(),
                        plugin -> plugin.guard().abandonedCalls(),
                        Integer::sum,
                        TreeMap::new));
    }
}
