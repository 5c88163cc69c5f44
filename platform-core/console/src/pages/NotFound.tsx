import { EmptyState, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { Link } from 'react-router';
import { texts } from '../texts/en';

export function NotFound() {
  return (
    <EmptyState titleText={texts.view.notFound} headingLevel="h1">
      <EmptyStateBody>{texts.view.notFoundText}</EmptyStateBody>
      <EmptyStateFooter>
        <Link to="/">{texts.view.home}</Link>
      </EmptyStateFooter>
    </EmptyState>
  );
}
