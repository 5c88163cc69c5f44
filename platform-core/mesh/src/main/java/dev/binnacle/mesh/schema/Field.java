package dev.binnacle.mesh.schema;

/**
 * One field of a {@link Shape}.
 *
 * @param name as in YAML
 * @param type what its value must be
 * @param support what becomes of it
 * @param required whether the resource is refused without it
 * @param note why, or with which restriction; may be empty
 */
public record Field(String name, FieldType type, Support support, boolean required, String note) {}
