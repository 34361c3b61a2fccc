using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.Analyzers.Irql.Effects;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Hashes of ids that were never written down, against those of the compiler's ids.</summary>
public sealed class SymbolIdTests
{
    [Fact]
    public void Every_member_of_the_framework_has_the_hash_of_its_id()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Ids", references: ReferenceAssemblies.Framework);
        uint seed = FrameworkEffects.Table.Seed;
        int count = 0;
        foreach (IMethodSymbol method in Types(compilation.GlobalNamespace).SelectMany(static t => t.GetMembers().OfType<IMethodSymbol>()))
        {
            string? id = method.GetDocumentationCommentId();
            if (id is null || method.Parameters.Any(static p => Mentions(p.Type)))
            {
                continue;
            }

            count++;
            Assert.True(MemberHash.Of(id, seed) == SymbolId.HashOf(method, seed, out ulong withoutParameters), id);
            if (method.Parameters.Length == 0 && method.TypeParameters.Length == 0 && method.MethodKind != MethodKind.Conversion)
            {
                Assert.Equal(MemberHash.Of(id, seed), withoutParameters);
            }
        }

        Assert.InRange(count, 30_000, int.MaxValue);
    }

    [Fact]
    public void The_table_knows_the_members_that_the_compiler_sees()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Ids", references: ReferenceAssemblies.Framework);
        EffectsTable table = FrameworkEffects.Table;
        IMethodSymbol sleep = compilation.GetTypeByMetadataName("System.Threading.Thread")!.GetMembers("Sleep").OfType<IMethodSymbol>().First();

        Assert.True(table.TryFind(SymbolId.HashOf(sleep, table.Seed, out _), out BlockingMember member));
        Assert.Equal(new BlockingMember(BlockingCategory.Wait, BlockingCondition.UnlessZero), member);
    }

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Ids", references: ReferenceAssemblies.Framework);
        IMethodSymbol[] methods = [.. compilation.GetTypeByMetadataName("System.IO.File")!.GetMembers().OfType<IMethodSymbol>()];
        EffectsTable table = FrameworkEffects.Table;
        Find();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Find();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Find()
        {
            foreach (IMethodSymbol method in methods)
            {
                table.TryFind(SymbolId.HashOf(method, table.Seed, out _), out _);
            }
        }
    }

    /// <summary>The compiler's ids of function pointers tell nothing apart, and no member of the table takes one.</summary>
    private static bool Mentions(ITypeSymbol type) => type switch
    {
        IFunctionPointerTypeSymbol => true,
        IPointerTypeSymbol pointer => Mentions(pointer.PointedAtType),
        IArrayTypeSymbol array => Mentions(array.ElementType),
        _ => false,
    };

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol nested in Types(member))
            {
                yield return nested;
            }
        }
    }
}
