using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce.Tests.Pay;

/// <summary>Pay on a running vendor node, as its rooms use it.</summary>
internal static class PayStore
{
    extension(RunningVendor vendor)
    {
        /// <summary>Does something as one request would.</summary>
        public async Task<T> InPayAsync<T>(Func<AppDb, IServiceProvider, Task<T>> act)
        {
            await using var scope = vendor.App.Services.CreateAsyncScope();
            return await act(scope.ServiceProvider.GetRequiredService<AppDb>(), scope.ServiceProvider);
        }

        /// <summary>Takes events as the inbox does: in a transaction that it owns.</summary>
        public Task<PayTaken> TakeAsync(IReadOnlyList<PayableEvent> events) => vendor.InPayAsync(async (db, services) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var taken = await services.GetRequiredService<PayIntake>().TakeAsync(events);
            await transaction.CommitAsync();
            return taken;
        });

        /// <summary>Puts cards and people of random work into the store.</summary>
        public Task<int> HaveAsync(Work work) => vendor.InPayAsync((db, _) =>
        {
            db.AddRange(work.Cards);
            db.AddRange(work.People);
            return db.SaveChangesAsync();
        });

        public Task<List<PayEntry>> EntriesAsync(Guid engagement) => vendor.InPayAsync((db, _) =>
            db.PayEntries.AsNoTracking().Where(entry => entry.Engagement == engagement).OrderBy(entry => entry.Sequence).ToListAsync());

        public Task<PayChecked> CheckAsync() => vendor.InPayAsync((_, services) => services.GetRequiredService<PayCheck>().RunAsync());

        /// <summary>What somebody who can write to the store does.</summary>
        public Task<int> TamperAsync(string sql) => vendor.InPayAsync((db, _) => db.Database.ExecuteSqlRawAsync(sql));

        public Task<Guid> PersonAsync(string name) => vendor.InPayAsync((db, _) => db.People.Where(person => person.Name == name).Select(person => person.Id).SingleAsync());
    }
}
