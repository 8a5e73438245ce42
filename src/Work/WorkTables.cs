using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work;

/// <summary>The tables of this room: every entity configuration in it, under snake_case names.</summary>
internal sealed class WorkTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(WorkTables).Assembly);
        model.NameInSnakeCase(typeof(WorkTables).Assembly);
    }
}
