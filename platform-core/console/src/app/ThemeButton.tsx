import { Button } from '@patternfly/react-core';
import { Icon } from '../components/Icon';
import { texts } from '../texts/en';
import { setTheme, useTheme, type Theme } from './theme';

const NEXT: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };

export function ThemeButton() {
  const theme = useTheme();
  return (
    <Button variant="plain" aria-label={texts.theme[theme]} title={texts.theme[theme]} onClick={() => setTheme(NEXT[theme])} icon={<Icon name={theme} />} />
  );
}
