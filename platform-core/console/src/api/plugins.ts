/** What the app answers under /api/v1/plugins. */
export interface Extension {
  id: string;
  kind: string;
  plugin: string;
  version: string;
  status: string;
  stability: string;
  reason: string;
  summary: string;
  capabilities: { hosts?: string[]; files?: string[]; [more: string]: unknown };
  schema: SettingsSchema;
}

export interface SettingsSchema {
  properties: Record<string, SettingSchema>;
  required: string[];
}

export interface SettingSchema {
  type: 'string' | 'integer' | 'boolean';
  description: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  default?: string | number | boolean;
  writeOnly?: boolean;
}

export interface Setting {
  name: string;
  value: string | null;
  origin: 'api' | 'configuration' | 'default' | 'missing';
  secret: boolean;
}

export interface LogLine {
  at: string;
  level: string;
  text: string;
}
