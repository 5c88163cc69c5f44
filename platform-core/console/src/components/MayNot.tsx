import { texts } from '../texts/en';
import { Icon } from './Icon';

/** Why something may only be looked at, and how that changes. */
export function MayNot({ how }: { how: string }) {
  return (
    <p className="bn-may-not">
      <Icon name="lock" size={16} />
      {how || texts.view.reading}
    </p>
  );
}
