using System.Text.Json;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work;

/// <summary>The tables of this room: every entity configuration in it, under snake_case names.</summary>
internal sealed class WorkTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(WorkTables).Assembly);
        foreach (var entity in model.Model.GetEntityTypes().Where(e => e.ClrType.Assembly == typeof(WorkTables).Assembly))
        {
            entity.SetTableName(Snake(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
        }
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
