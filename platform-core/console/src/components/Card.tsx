import { Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';

export function Card({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="bn-card" aria-label={title}>
      <header>
        <Title headingLevel="h2" size="lg">{title}</Title>
        {aside}
      </header>
      {children}
    </section>
  );
}
