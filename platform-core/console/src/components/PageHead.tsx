import { Content, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** The name of a page, one sentence on what it answers, and what can be done there. */
export function PageHead({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="bn-head">
      <div className="bn-head-words">
        <Title headingLevel="h1" size="2xl">
          {title}
        </Title>
        {lead && <Content component="p" className="bn-lead">{lead}</Content>}
      </div>
      {children && <div className="bn-head-actions">{children}</div>}
    </header>
  );
}
