import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useRef } from 'react';
import { texts } from '../../texts/en';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onRun: (value: string) => void;
}

const COLOURS = HighlightStyle.define([
  { tag: tags.number, color: 'var(--bn-ok)' },
  { tag: tags.string, color: 'var(--bn-failing)' },
  { tag: [tags.keyword, tags.function(tags.variableName)], color: 'var(--bn-unknown)' },
  { tag: tags.labelName, color: 'var(--bn-accent)' },
  { tag: tags.operator, color: 'var(--bn-quiet)' },
  { tag: tags.comment, color: 'var(--bn-quiet)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--bn-failing)', textDecoration: 'underline wavy' },
]);

const LOOK = EditorView.theme({
  '&': { fontSize: '0.95rem', color: 'var(--bn-text)', backgroundColor: 'var(--bn-card)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { fontFamily: 'var(--pf-t--global--font--family--mono)', caretColor: 'var(--bn-text)', padding: '0.55rem 0.25rem' },
  '.cm-scroller': { maxHeight: '12rem' },
  '.cm-placeholder': { color: 'var(--bn-quiet)' },
  '.cm-tooltip': { backgroundColor: 'var(--bn-card)', color: 'var(--bn-text)', border: '1px solid var(--bn-line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--bn-accent)', color: 'var(--bn-card)' },
});

/**
 * An editor of PromQL with Prometheus' own completion and checks. It lives in a shadow tree: there its styles are constructed ones,
 * which the page's policy takes, and not elements, which it does not.
 */
export default function Editor({ label, value, onChange, onRun }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onChange, onRun });
  useEffect(() => {
    latest.current = { onChange, onRun };
  });

  useEffect(() => {
    const host = place.current;
    if (!host) {
      return undefined;
    }
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const promql = new PromQLExtension().setComplete({ remote: { url: '/api/v1/prometheus', httpMethod: 'GET' } });
    const editor = new EditorView({
      root,
      parent: root as unknown as HTMLElement,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          promql.asExtension(),
          syntaxHighlighting(COLOURS),
          LOOK,
          EditorView.lineWrapping,
          placeholder(texts.metrics.hint),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          Prec.highest(
            keymap.of([
              {
                key: 'Enter',
                run: (current) => {
                  latest.current.onRun(current.state.doc.toString());
                  return true;
                },
                shift: () => false,
              },
            ]),
          ),
          keymap.of([...completionKeymap, ...closeBracketsKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              latest.current.onChange(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
    // The editor is made once; what it shows follows below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  return <div ref={place} className="bn-editor" />;
}
