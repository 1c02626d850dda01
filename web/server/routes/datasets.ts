import type { Request, Response, Router } from 'express';
import { datasetList, datasetQuery, preview, uploaded, uploadQuery } from '../../contract/datasets.js';
import { nothing } from '../../contract/nothing.js';
import { previewOf } from '../datasets/preview.js';
import { keepUpload, tooLarge } from '../datasets/upload.js';
import { route } from '../route.js';
import type { Services } from '../services.js';

/** Routes of data files: those of the folders given at start, a look at one, and uploads. */
export function datasetRoutes(router: Router, services: Services): void {
  const { folders, tables, cache, uploads, maxUploadBytes } = services;
  const none = { path: nothing, query: nothing, body: nothing };
  router.get('/datasets', route({ ...none, answer: datasetList, work: () => folders.list() }));
  router.get(
    '/datasets/preview',
    route({
      ...none,
      query: datasetQuery,
      answer: preview,
      work: async ({ query: { dataset }, signal }) =>
        previewOf(dataset, await folders.resolve(dataset), tables, cache, signal),
    }),
  );
  const receive = async (request: Request, response: Response): Promise<void> => {
    const { name } = uploadQuery.parse(request.query);
    if (Number(request.get('content-length') ?? 0) > maxUploadBytes) throw tooLarge(maxUploadBytes);
    const kept = await keepUpload(uploads, name, request, maxUploadBytes);
    response.status(201).json(uploaded.parse({ dataset: folders.uploadId(kept) }));
  };
  router.post('/datasets', (request, response, next) => {
    receive(request, response).catch(next);
  });
}
