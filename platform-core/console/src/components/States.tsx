import { Alert, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Skeleton } from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/client';
import { texts } from '../texts/en';

export function Loading() {
  return (
    <div className="bn-loading" role="status" aria-label={texts.view.loading}>
      <Skeleton width="30%" height="2rem" />
      <Skeleton height="8rem" />
      <Skeleton height="12rem" />
    </div>
  );
}

/** What a view could not learn, in its own words. */
export function Gaps({ complete, gaps }: { complete: boolean; gaps: string[] }) {
  if (complete && gaps.length === 0) {
    return null;
  }
  return (
    <Alert isInline variant="warning" title={texts.view.gaps} className="bn-gaps">
      <ul>
        {gaps.map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
      </ul>
    </Alert>
  );
}

export function Failure({ error, again }: { error: ApiError; again?: () => void }) {
  return (
    <EmptyState status={error.missing ? 'info' : 'danger'} titleText={error.missing ? texts.view.missingTitle : texts.view.failed} headingLevel="h2" variant="sm">
      <EmptyStateBody>{error.message}</EmptyStateBody>
      {again && (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="secondary" onClick={again}>
              {texts.view.again}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}

interface Props<T> {
  query: UseQueryResult<T, ApiError>;
  children: (data: T) => ReactNode;
  loading?: ReactNode;
}

/** The answer of a view; until then that it loads; or why there is none, with the last answer still shown. */
export function Shown<T>({ query, children, loading }: Props<T>) {
  const again = () => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.error && <Alert isInline variant="danger" title={texts.view.failed}>{query.error.message}</Alert>}
        {children(query.data)}
      </>
    );
  }
  if (query.error) {
    return <Failure error={query.error} again={again} />;
  }
  return loading ?? <Loading />;
}
