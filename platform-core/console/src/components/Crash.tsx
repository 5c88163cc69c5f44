import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { Component, type ReactNode } from 'react';
import { texts } from '../texts/en';

/** A page that fails takes nothing else with it. */
export class Crash extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) {
      return this.props.children;
    }
    return (
      <EmptyState status="danger" titleText={texts.view.crashed} headingLevel="h1">
        <EmptyStateBody>
          {texts.view.crashedText} {this.state.error.message}
        </EmptyStateBody>
      </EmptyState>
    );
  }
}
