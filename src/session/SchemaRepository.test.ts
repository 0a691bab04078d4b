import { describe, expect, it } from 'vitest';
import { createStatement } from '../model/create-cell.ts';
import type { SchemaField } from '../model/data-schema.ts';
import { WorkspaceId } from '../model/ids.ts';
import type { Notebook } from '../model/notebook.ts';
import { buildNotebook } from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { Notices } from './Notices.svelte.ts';
import { SchemaRepository } from './SchemaRepository.svelte.ts';

const field: SchemaField = { name: 'id', type: 'integer', isNullable: false, description: '' };
const content = { name: 'Orders', description: '', fields: [field] };

function open(notebooks: readonly Notebook[] = []) {
  const storage = new MemoryStorage();
  const notices = new Notices();
  const services = { storage, notices, getNotebooks: () => notebooks };
  const repository = new SchemaRepository(services, WorkspaceId.from('workspace'), []);
  const loadNames = async () => (await storage.loadSchemas()).values.map(({ name }) => name);
  return { storage, notices, repository, loadNames };
}

describe('the repository of data schemas', () => {
  it('keeps what is added and changed, by name', async () => {
    const { repository, loadNames } = open();
    const orders = repository.add(content);
    repository.add({ ...content, name: 'Customers' });
    repository.change(orders.id, { ...content, name: 'All orders' });
    expect(repository.schemas.map(({ name }) => name)).toEqual(['All orders', 'Customers']);
    expect((await loadNames()).sort()).toEqual(['All orders', 'Customers']);
    expect(repository.listTakenNames(orders.id)).toEqual(['Customers']);
    expect(repository.createFreeName('Customers')).toBe('Customers 2');
  });

  it('finds one by its name and fields, and builds others beside it, which are there once they are stored', () => {
    const { repository } = open();
    const orders = repository.add(content);
    const described = { ...content, fields: [{ ...field, description: 'A number' }] };
    expect(repository.findOrBuild(described)).toBe(orders);
    for (const changed of [{ type: 'string' }, { isNullable: true }, { name: 'number' }] as const) {
      const built = repository.findOrBuild({ ...content, fields: [{ ...field, ...changed }] });
      expect([built.name, repository.find(built.id)]).toEqual(['Orders 2', null]);
    }
    const built = repository.findOrBuild({ ...content, fields: [field, { ...field, name: 'at' }] });
    repository.addStored([built]);
    expect(repository.schemas).toEqual([orders, built]);
  });

  it('removes one that nothing uses, which can be brought back', async () => {
    const { repository, notices, loadNames } = open();
    const { id } = repository.add(content);
    repository.remove(id);
    expect(repository.find(id)).toBe(null);
    expect(await loadNames()).toEqual([]);
    notices.list[0]?.action?.run();
    expect(repository.find(id)?.name).toBe('Orders');
    expect(await loadNames()).toEqual(['Orders']);
  });

  it('keeps one that a Statement uses, and says where', async () => {
    const notebooks: Notebook[] = [];
    const { repository, loadNames } = open(notebooks);
    const { id } = repository.add(content);
    const cell = createStatement('Sum');
    const configuration = { ...cell.configuration, inputSchema: id, outputSchema: id };
    notebooks.push(buildNotebook([], { title: 'Lesson', cells: [{ ...cell, configuration }] }));
    repository.remove(id);
    expect(await loadNames()).toEqual(['Orders']);
    expect(repository.listUses(id).map((use) => [use.notebook.title, use.cell.title, use.side])).toEqual([
      ['Lesson', 'Sum', 'input'],
      ['Lesson', 'Sum', 'output'],
    ]);
  });
});
