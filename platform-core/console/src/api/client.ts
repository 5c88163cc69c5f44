import { texts } from '../texts/en';

/** An answer that is none; the message is a sentence for people. */
export class ApiError extends Error {
  readonly status: number;
  /** The app that answers has no such view: another version, or a page of something else. */
  readonly missing: boolean;
  readonly problem: Record<string, unknown> | null;

  constructor(message: string, status: number, missing = false, problem: Record<string, unknown> | null = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.missing = missing;
    this.problem = problem;
  }
}

const LIMIT_MS = 20_000;

export type Parameters = Record<string, string | number | null | undefined>;

/** The address of a view, with what was given of its parameters, in a stable order. */
export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return `/api/v1/${path}${text ? `?${text}` : ''}`;
}

export function get<T>(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<T> {
  return request<T>(address(path, parameters), { signal });
}

/** Sends a change; the token says that the page of this session sends it, and no other. */
export function post<T>(path: string, body: unknown, csrf: string | null, parameters?: Parameters): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (csrf) {
    headers['X-CSRF-Token'] = csrf;
  }
  return request<T>(address(path, parameters), { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Sends a change of another kind than {@link post}: another method, or a body that is no JSON. */
export function send<T>(method: 'PUT' | 'PATCH' | 'DELETE', path: string, csrf: string | null, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {};
  if (csrf) {
    headers['X-CSRF-Token'] = csrf;
  }
  if (body instanceof Blob) {
    return request<T>(address(path), { method, headers: { ...headers, 'Content-Type': 'application/zip' }, body });
  }
  const json = body === undefined ? {} : { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return request<T>(address(path), { method, headers, ...json });
}

async function request<T>(url: string, init: RequestInit & { signal?: AbortSignal }): Promise<T> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal, headers: { Accept: 'application/json', ...init.headers } });
  } catch (e) {
    if (init.signal?.aborted) {
      throw e;
    }
    throw new ApiError(limit.aborted ? texts.api.late(LIMIT_MS / 1000) : texts.api.unreachable, 0);
  }
  const json = (response.headers.get('Content-Type') ?? '').includes('json');
  if (!json) {
    throw response.ok || response.status === 404 || response.status === 405
      ? new ApiError(texts.api.missing(url.replace(/\?.*/, '')), response.status, true)
      : new ApiError(texts.api.status(response.status), response.status);
  }
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    throw new ApiError(texts.api.broken, response.status);
  }
  if (!response.ok) {
    throw problem(body, response.status);
  }
  return body as T;
}

/** The sentence of an RFC 9457 problem. */
function problem(body: unknown, status: number): ApiError {
  const details = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null;
  const sentence = [details?.detail, details?.title].find((text) => typeof text === 'string' && text !== '');
  return new ApiError(typeof sentence === 'string' ? sentence : texts.api.status(status), status, false, details);
}
