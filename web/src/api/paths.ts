import type {
  Answers,
  Batch,
  Delivery,
  DeliveryKey,
  Disclosures,
  EnrolmentLook,
  Form,
  GuidelineVersion,
  Guidelines,
  Import,
  Invitation,
  InvitationLink,
  Item,
  ItemRow,
  LedgerHead,
  Person,
  Progress,
  Project,
  Question,
  Receipt,
  ReviewTask,
  Section,
  Session,
  Suspension,
  Task,
  TaskRow,
  TotpStart,
  Work,
} from './types';

type Json<T> = { content: { 'application/json': T } };
type Answer<T> = [T] extends [void] ? { 204: { content?: never } } : { 200: Json<T> };
type Opt<K extends string, T> = [T] extends [never] ? { [P in K]?: never } : { [P in K]: T };
type Op<Path, Result, Body = undefined, Query = never, Header = never> = {
  parameters: Opt<'path', Path> & { query?: Query; cookie?: never } & Opt<'header', Header>;
  responses: Answer<Result>;
} & ([Body] extends [undefined] ? { requestBody?: never } : { requestBody: Json<Body> });
type Route<Ops> = { parameters: { path?: never } } & Ops;
type Lab = { lab: string };
type InProject = Lab & { project: string };
type InSlot = InProject & { slot: string };
type IfMatch = { 'If-Match': string };

/** The routes of the server, in the shape that openapi-typescript gives them. */
export interface paths {
  '/api/session': Route<{ get: Op<never, Session> }>;
  '/api/enrolments/look': Route<{ post: Op<never, EnrolmentLook, { token: string }> }>;
  '/api/enrolments/passkey/options': Route<{ post: Op<never, object, { token: string; name: string }> }>;
  '/api/enrolments/passkey': Route<{
    post: Op<never, void, { token: string; name: string; credential: string }>;
  }>;
  '/api/enrolments/totp': Route<{ post: Op<never, TotpStart, { token: string; name: string }> }>;
  '/api/enrolments/password': Route<{
    post: Op<never, void, { token: string; name: string; password: string; code: string; state: string }>;
  }>;
  '/api/sign-in/passkey/options': Route<{ post: Op<never, object, Record<string, never>> }>;
  '/api/sign-in/passkey': Route<{ post: Op<never, void, { credential: string }> }>;
  '/api/sign-in/password': Route<{
    post: Op<never, void, { name: string; password: string; code: string }>;
  }>;
  '/api/sign-out': Route<{ post: Op<never, void> }>;
  '/api/labs/{lab}/people': Route<{ get: Op<Lab, Person[]> }>;
  '/api/labs/{lab}/invitations': Route<{
    get: Op<Lab, Invitation[]>;
    post: Op<Lab, InvitationLink, { role: string }>;
  }>;
  '/api/labs/{lab}/invitations/{id}': Route<{ delete: Op<Lab & { id: string }, void> }>;
  '/api/labs/{lab}/projects': Route<{
    get: Op<Lab, Project[]>;
    post: Op<Lab, Project, { name: string; description: string }>;
  }>;
  '/api/labs/{lab}/projects/{project}': Route<{
    get: Op<InProject, Project>;
    put: Op<InProject, Project, { name: string; description: string }, never, IfMatch>;
  }>;
  '/api/labs/{lab}/projects/{project}/guidelines/draft': Route<{
    get: Op<InProject, Guidelines>;
    put: Op<InProject, Guidelines, { sections: Section[] }, never, IfMatch>;
  }>;
  '/api/labs/{lab}/projects/{project}/guidelines/versions': Route<{
    get: Op<InProject, GuidelineVersion[]>;
    post: Op<InProject, { number: number }, undefined, never, IfMatch>;
  }>;
  '/api/labs/{lab}/projects/{project}/guidelines/versions/{number}': Route<{
    get: Op<InProject & { number: number }, Guidelines>;
  }>;
  '/api/labs/{lab}/projects/{project}/form': Route<{
    get: Op<InProject, Form>;
    put: Op<InProject, Form, { questions: Question[] }, never, IfMatch>;
  }>;
  '/api/labs/{lab}/projects/{project}/forms/{version}': Route<{
    get: Op<InProject & { version: number }, Form>;
  }>;
  '/api/labs/{lab}/projects/{project}/imports': Route<{
    get: Op<InProject, Import[]>;
    post: Op<
      InProject,
      Import,
      { fileName: string; map: Record<string, string>; badRows: 'keep' | 'refuse' }
    >;
  }>;
  '/api/labs/{lab}/projects/{project}/imports/{import}': Route<{
    get: Op<InProject & { import: string }, Import>;
  }>;
  '/api/labs/{lab}/projects/{project}/items': Route<{
    get: Op<InProject, { items: ItemRow[] }, undefined, { after?: string; limit?: number }>;
  }>;
  '/api/labs/{lab}/projects/{project}/items/{item}': Route<{
    get: Op<InProject & { item: string }, Item>;
  }>;
  '/api/labs/{lab}/projects/{project}/batches': Route<{
    get: Op<InProject, Batch[]>;
    post: Op<InProject, Batch, { name: string; overlap: number; leaseSeconds: number; held: number }>;
  }>;
  '/api/labs/{lab}/projects/{project}/progress': Route<{ get: Op<InProject, Progress> }>;
  '/api/labs/{lab}/projects/{project}/disclosures': Route<{
    get: Op<
      InProject,
      Disclosures,
      undefined,
      {
        person?: string;
        record?: string;
        act?: string;
        from?: string;
        to?: string;
        before?: number;
        limit?: number;
      }
    >;
  }>;
  '/api/labs/{lab}/ledger': Route<{ get: Op<Lab, LedgerHead> }>;
  '/api/labs/{lab}/ledger/receipts/{sequence}': Route<{ get: Op<Lab & { sequence: number }, Receipt> }>;
  '/api/labs/{lab}/suspensions': Route<{
    get: Op<Lab, Suspension[]>;
    post: Op<Lab, Suspension, { scope: string; id: string; reason: string }>;
  }>;
  '/api/labs/{lab}/suspensions/{id}': Route<{ delete: Op<Lab & { id: string }, void> }>;
  '/api/labs/{lab}/projects/{project}/deliveries': Route<{
    get: Op<InProject, Delivery[]>;
    post: Op<InProject, Delivery, { shape: string; recipient?: string }>;
  }>;
  '/api/labs/{lab}/delivery-key': Route<{ get: Op<Lab, DeliveryKey> }>;
  '/api/labs/{lab}/work': Route<{ get: Op<Lab, Work> }>;
  '/api/labs/{lab}/projects/{project}/tasks/next': Route<{ post: Op<InProject, Task> }>;
  '/api/labs/{lab}/projects/{project}/tasks': Route<{ get: Op<InProject, TaskRow[]> }>;
  '/api/labs/{lab}/projects/{project}/tasks/{slot}/open': Route<{ post: Op<InSlot, Task> }>;
  '/api/labs/{lab}/projects/{project}/tasks/{slot}/lease': Route<{
    put: Op<InSlot, { leaseUntil: string }>;
  }>;
  '/api/labs/{lab}/projects/{project}/tasks/{slot}/draft': Route<{
    put: Op<InSlot, { version: number }, { answers: Answers }, never, IfMatch>;
  }>;
  '/api/labs/{lab}/projects/{project}/tasks/{slot}/submit': Route<{
    post: Op<InSlot, { state: string }, { submission: string; answers: Answers; seconds: number }>;
  }>;
  '/api/labs/{lab}/projects/{project}/tasks/{slot}/skip': Route<{
    post: Op<InSlot, void, { reason?: string }>;
  }>;
  '/api/labs/{lab}/projects/{project}/tasks/{slot}/release': Route<{ post: Op<InSlot, void> }>;
  '/api/labs/{lab}/projects/{project}/tasks/{slot}/report': Route<{
    post: Op<InSlot, void, { text: string }>;
  }>;
  '/api/labs/{lab}/projects/{project}/reviews/next': Route<{ post: Op<InProject, ReviewTask> }>;
  '/api/labs/{lab}/projects/{project}/reviews/{slot}': Route<{
    post: Op<InSlot, { state: string }, { decision: 'accept' | 'return'; reason?: string }>;
  }>;
}
