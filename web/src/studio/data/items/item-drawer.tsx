import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Id } from '../../../ui/copy';
import { Loading } from '../../../ui/loading';
import { ProblemNotice } from '../../../ui/notice';
import { factsOf, imageOf, ItemFacts, ItemParts } from '../../item-parts';
import { PictureView } from '../../../workroom/picture';
import { useLatestForm } from '../../form/queries';
import { MakeGold } from './make-gold';
import { useOpenItem } from './queries';

/** One item. What stands in it is opened on a press of its own: it is a disclosure to whoever looks. */
export function ItemDrawer({
  lab,
  project,
  item,
  close,
}: {
  lab: string;
  project: string;
  item: string;
  close: () => void;
}) {
  const open = useOpenItem(lab, project);
  const form = useLatestForm(lab, project);
  const [gold, setGold] = useState(false);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="xl"
      title={<span>Item …{item.slice(-8)}</span>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text component="div">
          Id <Id value={item} label="item" />
        </Text>
        <ProblemNotice error={open.error} />
        {open.isPending && <Loading what="Opening the item" />}
        {!open.data && !open.isPending && (
          <>
            <Text>Its content is sealed. Opening it is a disclosure to you, and the ledger will say so.</Text>
            <Group>
              <Button onClick={() => open.mutate(item)} data-autofocus>
                Open the item
              </Button>
            </Group>
          </>
        )}
        {open.data && (
          <>
            <Text c="dimmed" role="status">
              Opened with receipt {open.data.receipt}, version {open.data.version}.
            </Text>
            {gold && form.data ? (
              <MakeGold
                lab={lab}
                project={project}
                item={item}
                content={open.data.content}
                questions={form.data.questions}
                cancel={() => setGold(false)}
              />
            ) : (
              <>
                <ItemParts item={open.data.content} />
                {open.data.content.image && <PictureView source={imageOf(lab, project, item)} />}
                <ItemFacts facts={factsOf(open.data.content)} />
                {form.data && form.data.version > 0 && (
                  <Group>
                    <Button variant="default" onClick={() => setGold(true)}>
                      Say what is right: make it gold…
                    </Button>
                  </Group>
                )}
              </>
            )}
          </>
        )}
      </Stack>
    </Drawer>
  );
}
